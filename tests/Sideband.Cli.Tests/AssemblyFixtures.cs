[assembly: AssemblyFixture(typeof(Sideband.Cli.Tests.Toys))]
