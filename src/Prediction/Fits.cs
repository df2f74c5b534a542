using System.Collections.Immutable;
using System.Diagnostics;
using LStep.Domain.Predicting;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace LStep.Prediction;

/// <summary>One fit by ML.NET after the other.</summary>
sealed class Fits(int threads, int restPerFit, CancellationToken cancel)
{
    const int BinsMax = 127;

    sealed class Example
    {
        public float[] Features { get; set; } = [];
        public bool Label { get; set; }
    }

    sealed class Scored
    {
        public float Score { get; set; }
    }

    /// <summary>Several ensembles as one: each has the same share of the log odds.</summary>
    public ChurnModel Forest(IReadOnlyList<Labelled> rows, IReadOnlyList<(Recipe Recipe, int Seed)> parts)
    {
        var bias = 0d;
        var trees = new List<ImmutableArray<TreeNode>>();
        foreach (var (recipe, seed) in parts)
        {
            cancel.ThrowIfCancellationRequested();
            var began = Stopwatch.GetTimestamp();
            var (ensemble, slope, offset) = Ensemble(rows, recipe, seed);
            cancel.WaitHandle.WaitOne(restPerFit * Stopwatch.GetElapsedTime(began));
            trees.AddRange(TreeExport.Of(ensemble, slope / parts.Count));
            bias += (slope * ensemble.Bias + offset) / parts.Count;
        }
        float[][] vectors = [.. rows.Select(row => row.Row.Features)];
        return new ChurnModel(bias, [.. trees.Select(tree => TreeExport.WithCovers(tree, vectors))], IsotonicCurve.Logistic);
    }

    /// <summary>A linear model of the standardised features, as log odds.</summary>
    public Func<IReadOnlyList<TrainingRow>, double[]> Logistic(IReadOnlyList<Labelled> rows)
    {
        var ml = Context(1);
        var model = ml.Transforms.NormalizeMeanVariance(nameof(Example.Features))
            .Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                FeatureColumnName = nameof(Example.Features), LabelColumnName = nameof(Example.Label), NumberOfThreads = threads,
                MaximumNumberOfIterations = 200,
            })).Fit(Data(ml, rows));
        cancel.ThrowIfCancellationRequested();
        return asked =>
        {
            var data = Data(ml, [.. asked.Select(row => new Labelled(row, false))]);
            return [.. ml.Data.CreateEnumerable<Scored>(model.Transform(data), reuseRowObject: false, ignoreMissingColumns: true)
                .Select(row => (double)row.Score)];
        };
    }

    (RegressionTreeEnsemble Ensemble, double Slope, double Offset) Ensemble(IReadOnlyList<Labelled> rows, Recipe recipe, int seed)
    {
        var ml = Context(seed);
        var data = Data(ml, rows);
        CalibratedModelParametersBase model = recipe.Maker == TreeMaker.FastTree
            ? ml.BinaryClassification.Trainers.FastTree(FastTree(recipe, seed)).Fit(data).Model
            : ml.BinaryClassification.Trainers.LightGbm(LightGbm(recipe, seed)).Fit(data).Model;
        cancel.ThrowIfCancellationRequested();
        // The calibrator of both is the logistic function of slope and offset, with the opposite sign.
        var platt = (PlattCalibrator)model.Calibrator;
        var ensemble = model.SubModel switch
        {
            FastTreeBinaryModelParameters fast => fast.TrainedTreeEnsemble,
            LightGbmBinaryModelParameters light => light.TrainedTreeEnsemble,
            var other => throw new InvalidOperationException($"{other.GetType().Name} holds no trees"),
        };
        return (ensemble, -platt.Slope, -platt.Offset);
    }

    FastTreeBinaryTrainer.Options FastTree(Recipe recipe, int seed) => new()
    {
        FeatureColumnName = nameof(Example.Features), LabelColumnName = nameof(Example.Label),
        NumberOfTrees = recipe.Trees, NumberOfLeaves = recipe.Leaves, LearningRate = recipe.LearningRate,
        MinimumExampleCountPerLeaf = recipe.RowsPerLeafMin, FeatureFraction = recipe.FeatureShare,
        BaggingSize = 1, BaggingExampleFraction = recipe.RowShare, Seed = seed, FeatureSelectionSeed = seed,
        NumberOfThreads = threads, MaximumBinCountPerFeature = BinsMax,
    };

    LightGbmBinaryTrainer.Options LightGbm(Recipe recipe, int seed) => new()
    {
        FeatureColumnName = nameof(Example.Features), LabelColumnName = nameof(Example.Label),
        NumberOfIterations = recipe.Trees, NumberOfLeaves = recipe.Leaves, LearningRate = recipe.LearningRate,
        MinimumExampleCountPerLeaf = recipe.RowsPerLeafMin, Seed = seed, NumberOfThreads = threads, MaximumBinCountPerFeature = BinsMax,
        Verbose = false, Silent = true,
        Booster = new GradientBooster.Options
        {
            FeatureFraction = recipe.FeatureShare, SubsampleFraction = recipe.RowShare, SubsampleFrequency = 1, L2Regularization = 5,
        },
    };

    static MLContext Context(int seed) => new(seed);

    static IDataView Data(MLContext ml, IReadOnlyList<Labelled> rows)
    {
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Features.Count);
        return ml.Data.LoadFromEnumerable(rows.Select(row => new Example { Features = row.Row.Features, Label = row.Outcome }), schema);
    }
}

/// <summary>A row with the outcome that is learnt.</summary>
readonly record struct Labelled(TrainingRow Row, bool Outcome);
