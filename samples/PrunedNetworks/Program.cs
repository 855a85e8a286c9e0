using Microsoft.ML.OnnxRuntime;
using PrunedNetworks;

// Two networks whose widths a pruner left odd (17, 29, 54 channels...): smaller than before, and slower. The build replaced each by an
// equal one with widths this kind of processor likes. Both are measured here, side by side.
using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };

var digits = SpokenDigits.Read(PathOf("data", "spoken_digits.npz"));
var digitsAreEqual = Compare("digits_dscnn.onnx", $"{digits.Count} spoken digits", digits.Inputs, digits.Accuracy);
var imagesAreEqual = Compare("cifar_mnv2.onnx", "20 random images", RandomImages.Create(20, 3 * 32 * 32), null);
return digitsAreEqual && imagesAreEqual ? 0 : 1;

bool Compare(string model, string data, IReadOnlyList<float[]> inputs, Func<IReadOnlyList<float[]>, double>? accuracy)
{
    using var original = new Network(PathOf("originals", model), options);
    using var optimized = new Network(PathOf("models", model), options);
    var before = inputs.Select(original.Run).ToList();
    var after = inputs.Select(optimized.Run).ToList();
    var difference = Outputs.RelativeDifference(before, after);
    var (originalMs, optimizedMs) = Stopwatches.Race(() => original.Run(inputs[0]), () => optimized.Run(inputs[0]));

    Console.WriteLine($"{model}, {data}, one thread");
    Console.WriteLine("                         original   optimized");
    if (accuracy is not null) Console.WriteLine($"  accuracy            {accuracy(before),11:P1} {accuracy(after),11:P1}");
    Console.WriteLine($"  latency             {originalMs,8:0.000} ms {optimizedMs,8:0.000} ms   {originalMs / optimizedMs:0.0} times faster");
    Console.WriteLine($"  largest relative difference of outputs: {difference:0.0e+0}");
    Console.WriteLine();
    return difference <= 1e-4;
}

static string PathOf(string folder, string file) => Path.Combine(AppContext.BaseDirectory, folder, file);
