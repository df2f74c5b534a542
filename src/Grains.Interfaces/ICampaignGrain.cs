using Orleans.Concurrency;

namespace LStep;

/// <summary>Turns what happened to customers of one tag into actions. Its key is the tag's code.</summary>
[Alias("lstep.campaign")]
public interface ICampaignGrain : IGrainWithStringKey
{
    /// <summary>Something was committed that campaigns may follow from.</summary>
    [Alias("wake"), OneWay, AlwaysInterleave] Task Wake();

    /// <summary>Plans all that waits, and answers how many actions came of it.</summary>
    [Alias("plan")] Task<int> Plan();
}
