using Sideband.Benchmarks;

// One job a process, so that its processor time and peak memory are its own: benchmarks/run starts it beside its Python peers.
return args switch
{
    ["boosting", var folder, var members, var threads, var seed] => BoostingJob.Run(
        folder, int.Parse(members, null), int.Parse(threads, null), ulong.Parse(seed, null)),
    ["boosting-kernels"] => BoostingKernelsJob.Run(),
    ["densities", var item, var steps] => DensitiesJob.Run(item, int.Parse(steps, null)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: Sideband.Benchmarks boosting FOLDER MEMBERS THREADS SEED   (benchmarks/run boosting starts it) "
        + "| Sideband.Benchmarks boosting-kernels | Sideband.Benchmarks densities ITEM STEPS");
    return 2;
}
