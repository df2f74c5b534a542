namespace LStep.Conformance;

public interface IPatientGrain : IGrainWithStringKey
{
    Task Ping();
}

[CollectionAgeLimit(Hours = 2)]
public sealed class PatientGrain(Witness witness) : Grain, IPatientGrain
{
    public Task Ping() => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        witness.Say("patience is over");
        return Task.CompletedTask;
    }
}
