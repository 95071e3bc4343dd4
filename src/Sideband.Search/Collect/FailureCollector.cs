using Sideband.Search.Results;

namespace Sideband.Search.Collect;

/// <summary>Units and members that failed, and events without a score.</summary>
internal static class FailureCollector
{
    public static IEnumerable<FailureResult> Of(WindowScores scores)
    {
        foreach (var run in scores.Runs)
        {
            // What stops a run before its folds are trained is one failure, not one of each fold.
            var failed = run.Folds.Where(fold => fold.Product.Failure is not null).ToArray();
            var whole = failed.Length == run.Folds.Count && failed.DistinctBy(fold => fold.Product.Failure).Count() == 1;
            foreach (var fold in whole ? failed[..1] : failed)
            {
                yield return new FailureResult(whole ? fold.Unit.Place.Name : fold.Unit.Name, fold.Product.Failure!);
            }
        }

        foreach (var fold in scores.Folds)
        {
            foreach (var member in fold.Product.FailedMembers)
            {
                yield return new FailureResult(fold.Unit.Name, member);
            }
        }

        // All folds of a run have the same template.
        var leftOut = scores.Runs.Sum(run => run.Folds[0].Product.LeftOut);
        if (leftOut > 0)
        {
            yield return new FailureResult(
                $"{scores.Window.Name} of {scores.Sample.Name}",
                $"{leftOut} events of the template, counted over runs and transports, have no image: they are left out");
        }

        var data = scores.Folds.Sum(fold => fold.InRegion.Undefined.Length);
        var template = scores.Folds.Sum(fold => fold.Product.UndefinedTemplate);
        if (data + template > 0)
        {
            yield return new FailureResult(
                $"{scores.Window.Name} of {scores.Sample.Name}",
                $"{data} data events and {template} template events, counted over runs and folds, "
                + "have no latent image or no finite likelihood ratio; "
                + "they never pass");
        }
    }
}
