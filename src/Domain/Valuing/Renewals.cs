namespace LStep.Domain.Valuing;

/// <summary>
/// Whether another payment follows the k-th one: the shifted beta-geometric model of Fader and Hardie ("How to project customer retention",
/// Journal of Interactive Marketing 21, 2007). Customers end with chances of their own, spread as a beta distribution; whoever has paid
/// more often is likelier to be one of those who stay.
/// </summary>
/// <param name="Ending">The mean chance to end after the first payment: α / (α + β).</param>
/// <param name="Weight">How alike customers are: α + β.</param>
/// <param name="Error">The standard error of the logit of <paramref name="Ending"/>.</param>
public readonly record struct Renewals(double Ending, double Weight, double Error)
{
    /// <summary>What is thought before anything was seen: one in ten ends, and little is known of it.</summary>
    public static readonly Renewals Unknown = new(0.1, 4, 1);

    /// <summary>The chance that another payment follows the k-th.</summary>
    public double After(int k) => ((Weight * (1 - Ending)) + k - 1) / (Weight + k - 1);

    /// <summary>With the chance to end so many standard errors higher.</summary>
    public Renewals Shifted(double errors) => this with { Ending = Logistic(Logit(Ending) + (errors * Error)) };

    /// <summary>
    /// By maximum likelihood. Whose next payment is not yet there has either ended, or waits in a gap that is longer than what has passed
    /// so far.
    /// </summary>
    /// <param name="seen">How many customers have paid so often, and the share of gaps that are longer than what passed since.</param>
    public static Renewals Fit(IReadOnlyList<(int Payments, double Waiting, int Customers)> seen)
    {
        if (seen.Count == 0) return Unknown;
        var most = 0;
        foreach (var one in seen) most = Math.Max(most, one.Payments);
        var logs = new double[most + 2];
        var (best, at) = (double.NegativeInfinity, (Logit: 0.0, Weight: 0.0));
        for (var logit = -6.0; logit <= 2; logit += 0.5)
            for (var weight = -1.0; weight <= 6; weight++)
                Try(logit, weight);
        for (var step = 0.25; step > 0.002; step /= 2)
            for (var moved = true; moved;)
            {
                var (x, y) = at;
                moved = Try(x + step, y) | Try(x - step, y) | Try(x, y + step) | Try(x, y - step);
            }
        return new Renewals(Logistic(at.Logit), Math.Exp(at.Weight), ErrorAt(at.Logit, at.Weight));

        bool Try(double logit, double weight)
        {
            if (logit is < -7 or > 3 || weight is < -1 or > 7) return false;
            var likelihood = LogLikelihood(logit, weight);
            if (likelihood <= best + 1e-9) return false;
            (best, at) = (likelihood, (logit, weight));
            return true;
        }

        double LogLikelihood(double logit, double weight)
        {
            var model = new Renewals(Logistic(logit), Math.Exp(weight), 0);
            for (var k = 1; k <= most; k++) logs[k + 1] = logs[k] + Math.Log(model.After(k));
            var sum = 0.0;
            foreach (var (payments, waiting, customers) in seen)
            {
                var renews = model.After(payments);
                sum += customers * (logs[payments] + Math.Log(Math.Max(1e-12, 1 - renews + (renews * waiting))));
            }
            return sum;
        }

        double ErrorAt(double logit, double weight)
        {
            const double H = 0.02;
            var bend = (LogLikelihood(logit + H, weight) - (2 * LogLikelihood(logit, weight)) + LogLikelihood(logit - H, weight)) / (H * H);
            return bend < -1 ? 1 / Math.Sqrt(-bend) : 1;
        }
    }

    static double Logit(double share) => Math.Log(share / (1 - share));

    static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
