[assembly: AssemblyFixture(typeof(Sideband.Cli.Tests.Toys))]
[assembly: AssemblyFixture(typeof(Sideband.Cli.Tests.ReportRuns))]
