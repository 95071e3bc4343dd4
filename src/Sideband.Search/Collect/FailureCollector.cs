using Sideband.Search.Results;

namespace Sideband.Search.Collect;

/// <summary>Units and members that failed, and events without a score.</summary>
internal static class FailureCollector
{
    public static IEnumerable<FailureResult> Of(WindowScores scores)
    {
        foreach (var fold in scores.Folds)
        {
            if (fold.Product.Failure is { } reason)
            {
                yield return new FailureResult(fold.Unit.Name, reason);
            }

            foreach (var member in fold.Product.FailedMembers)
            {
                yield return new FailureResult(fold.Unit.Name, member);
            }
        }

        var data = scores.Folds.Sum(fold => fold.InRegion.Undefined);
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
