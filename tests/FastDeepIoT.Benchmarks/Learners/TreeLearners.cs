using FastDeepIoT.Profiling.Learning;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace FastDeepIoT.Benchmarks.Learners;

/// <summary>
/// Trees as machine learning libraries have them (Microsoft.ML.FastTree), over the same features and amounts of work as ours. They learn the
/// logarithm of the time, so that errors count relative to it.
/// </summary>
internal static class TreeLearners
{
    private const int Seed = 1;
    private const int Threads = 2;

    internal static LayerLearner Tree { get; } = Of("regression tree", context => context.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
    {
        NumberOfTrees = 1,
        NumberOfLeaves = 128,
        MinimumExampleCountPerLeaf = 5,
        LearningRate = 1,
        NumberOfThreads = Threads,
    }));

    internal static LayerLearner Forest { get; } = Of("random forest", context => context.Regression.Trainers.FastForest(new FastForestRegressionTrainer.Options
    {
        NumberOfTrees = 200,
        NumberOfLeaves = 256,
        MinimumExampleCountPerLeaf = 2,
        FeatureFraction = 0.5,
        NumberOfThreads = Threads,
    }));

    internal static LayerLearner Boosting { get; } = Of("gradient boosting", context => context.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
    {
        NumberOfTrees = 500,
        NumberOfLeaves = 20,
        MinimumExampleCountPerLeaf = 5,
        LearningRate = 0.06,
        NumberOfThreads = Threads,
    }));

    private static LayerLearner Of<TModel>(string name, Func<MLContext, IEstimator<TModel>> trainer)
        where TModel : ITransformer => new(name, layers =>
    {
        var context = new MLContext(Seed);
        var model = trainer(context).Fit(View(context, layers));
        return others => [.. model.Transform(View(context, others)).GetColumn<float>("Score").Select(score => Math.Exp(score))];
    });

    private static IDataView View(MLContext context, IReadOnlyList<TimedLayer> layers)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, layers[0].Layer.Values.Count);
        return context.Data.LoadFromEnumerable(
            layers.Select(layer => new Row([.. layer.Layer.Values.Select(value => (float)value)], (float)Math.Log(Math.Max(1, layer.Nanoseconds)))), schema);
    }

    private sealed class Row(float[] features, float label)
    {
        public float[] Features { get; } = features;

        public float Label { get; } = label;
    }
}
