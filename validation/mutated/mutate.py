"""Damaged copies of a file, fixed by the seed: one in ten is cut short, in the others one byte or three are changed."""
import random


def mutated(content, seed):
    chance = random.Random(seed)
    if chance.random() < 0.1:
        return content[:chance.randrange(1, len(content))]
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 3))):
        at = chance.randrange(len(changed))
        changed[at] = changed[at] ^ 1 << chance.randrange(8) if chance.random() < 0.5 else chance.randrange(256)
    return bytes(changed)
