using Sideband.Reporting.Terminal;
using Sideband.Search.Runs;

namespace Sideband.Cli.Jobs;

/// <summary><c>sideband plan</c>.</summary>
internal sealed class PlanJob(SearchSession session)
{
    /// <summary>Writes the plan for a batch system.</summary>
    public int Run()
    {
        RunDirectory.Check(session.Root, session.Settings);
        var plan = session.NewPlan(session.Load());
        var directory = RunDirectory.Create(session.Root, session.Settings);
        FrozenInputs.Check(directory, session.Settings, plan.Inputs.Accounts);
        session.ShowTables(plan);
        PlanFile.Write(directory, plan);
        if (!session.Quiet)
        {
            PlanTable.Write(Consoles.Output, plan, new SearchRun(plan, directory, CommandHost.Warn).ToDo(plan.ToCollect));
        }

        Console.Out.WriteLine($"wrote {directory.PlanFile}: units 1-{plan.Units.Count}");
        return CommandHost.Done;
    }
}
