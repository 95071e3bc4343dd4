using Sideband.Benchmarks;

// One job a process, so that its processor time and peak memory are its own: benchmarks/run starts it beside its Python peers.
return args switch
{
    ["boosting", var folder, var members, var threads, var seed] => BoostingJob.Run(
        folder, int.Parse(members, null), int.Parse(threads, null), ulong.Parse(seed, null)),
    ["boosting-kernels"] => BoostingKernelsJob.Run(),
    ["densities", var item, var steps] => DensitiesJob.Run(item, int.Parse(steps, null)),
    ["plan", var part, var folder, var experiments, var events] =>
        PlanJob.Run(part, folder, int.Parse(experiments, null), int.Parse(events, null)),
    ["readers", "load", var spec, var mass, var features] => ReadersJob.Load(spec, mass, features),
    ["readers", "write", var spec, var columns, var folder] => ReadersJob.Write(spec, columns, folder),
    ["readers", "damage", var file, var inner, var mass, var features, var copies, var folder] =>
        ReadersJob.Damage(file, inner, mass, features, int.Parse(copies, null), folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: Sideband.Benchmarks boosting FOLDER MEMBERS THREADS SEED   (benchmarks/run boosting starts it) "
        + "| Sideband.Benchmarks boosting-kernels | Sideband.Benchmarks densities ITEM STEPS "
        + "| Sideband.Benchmarks plan list|fill|start|work|collect FOLDER EXPERIMENTS EVENTS   (benchmarks/run plan starts it) "
        + "| Sideband.Benchmarks readers load|write|damage ...   (benchmarks/run readers starts it)");
    return 2;
}
