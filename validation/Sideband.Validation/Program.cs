using Sideband.Events;
using Sideband.Templates.Learned;
using Sideband.Validation;
using Sideband.Validation.RandomTables;

// Claims that need more than a search; validation/density, damaged, feta, feta-toy, sculpting, random-tables, lacathode_figures,
// bump_hunt and coverage start them.
try
{
    switch (args)
    {
        case ["template-quality", .. var options]:
            TemplateQualityJob.Run(TemplateQualityOptions.Parse(options));
            return 0;
        case ["feta-toy", .. var options]:
            FetaToyJob.Run(options);
            return 0;
        case ["feta-bands", .. var options]:
            FetaBandsJob.Run(new NamedArguments(options, ["data", "simulation", "profile", "training", "threads"]));
            return 0;
        case ["sculpting", .. var options]:
            SculptingJob.Run(SculptingOptions.Parse(options));
            return 0;
        case ["paper-figures", .. var options]:
            PaperFiguresJob.Run(PaperFigureOptions.Parse(options));
            return 0;
        case ["spectrum-toys", .. var options]:
            SpectrumToysJob.Run(new NamedArguments(options, ["data", "toys", "fraction", "fewest", "threads", "seed"]));
            return 0;
        case ["coverage", .. var options]:
            CoverageJob.Run(new NamedArguments(options, ["scan", "truth"]));
            return 0;
        case ["divergence", var events, var features, var kind, var recipe, var threads]:
            DivergenceJob.Run(int.Parse(events, null), features, DensityKinds.Parse(kind), recipe, int.Parse(threads, null));
            return 0;
        case ["read"]:
            ReadingJob.Run();
            return 0;
        case ["random-tables", .. var options]:
            RandomTablesJob.Run(options);
            return 0;
        default:
            Console.Error.WriteLine(
                "usage: Sideband.Validation template-quality data=FILE truth=FILE [NAME=VALUE ...] "
                + "| Sideband.Validation sculpting data=FILE [NAME=VALUE ...] "
                + "| Sideband.Validation feta-toy [NAME=VALUE ...] "
                + "| Sideband.Validation feta-bands data=FILE simulation=FILE [NAME=VALUE ...] "
                + "| Sideband.Validation random-tables [tables=N] [signal=N] [folder=DIR] "
                + "| Sideband.Validation paper-figures data=FILE background=FILE [NAME=VALUE ...] "
                + "| Sideband.Validation spectrum-toys data=FILE [NAME=VALUE ...] "
                + "| Sideband.Validation coverage scan=DIR truth=DIR "
                + "| Sideband.Validation read < PATHS "
                + "| Sideband.Validation divergence EVENTS FEATURES KIND RECIPE THREADS");
            return 2;
    }
}
catch (SidebandException error)
{
    Console.Error.WriteLine("error: " + error.Message);
    return error.ExitCode;
}
