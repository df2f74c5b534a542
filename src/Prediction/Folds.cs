using LStep.Domain.Predicting;

namespace LStep.Prediction;

/// <summary>Parts of the learners, the same in every run.</summary>
static class Folds
{
    /// <summary>FNV-1a of the learner's id, then by parts.</summary>
    public static int Of(TrainingRow row, int parts)
    {
        var hash = 2166136261u;
        foreach (var c in row.Learner) hash = unchecked((hash ^ c) * 16777619);
        hash ^= hash >> 15;
        return (int)(hash % (uint)parts);
    }
}
