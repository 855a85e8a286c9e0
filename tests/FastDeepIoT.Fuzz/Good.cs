namespace FastDeepIoT.Fuzz;

/// <summary>Files as they should be, to start from.</summary>
internal static class Good
{
    internal const string Baseline = """
        {
          "schema": "fastdeepiot.latency-baseline/1",
          "models": [
            {"path": "models/a.onnx", "device": "x64-avx512-1t", "predictedMs": 0.1},
            {"path": "models/b.onnx", "device": "x64-avx512-1t", "predictedMs": 0.2}
          ]
        }
        """;

    internal const string Layers = """
        {
          "format": 1,
          "layers": [
            {"method": "Acme.Nn.Dense", "kind": "Linear", "parameters": {"inputs": "fanIn", "outputs": "fanOut"}},
            {"method": "Acme.Nn.PerChannel", "kind": "Conv2d", "parameters": {"inputs": "channels", "outputs": "channels", "groups": "channels", "kernel": 3, "keepsSize": true}}
          ]
        }
        """;

    internal const string Request = "protocol=1\nproject=/x/app.csproj\ncache=off\nmodel=/x/a.onnx\nname=a.onnx\noutput=/x/o/a.onnx\n"
        + "report=/x/o/a.json\nmode=exact\ndevice=x\ndim=batch=1\ndim=seq=128\nmodel=/x/b.onnx\nname=b.onnx\noutput=/x/o/b.onnx\nreport=/x/o/b.json\n"
        + "mode=compress\ncalibration=/x/c.npz\nmax-drop=0.5%\nscale=1/255\nmean=0.4,0.5,0.6\nstd=0.2\nlayout=nhwc\nlatency-budget=2ms\n";

    internal const string Report = """
        {
          "schema": "fastdeepiot.build-report/1",
          "status": "optimized", "model": "a.onnx", "mode": "exact", "device": "steps",
          "original": {"predictedMs": 0.2, "lowMs": 0.1, "highMs": 0.3}, "optimized": {"predictedMs": 0.1, "lowMs": 0.05, "highMs": 0.2},
          "maxRelativeDifference": 3e-7,
          "layers": [{"name": "conv", "kind": "Convolution2D", "predictedMs": 0.1, "share": 0.9, "advice": null}],
          "findings": [{"code": "FDI2004", "severity": "message", "message": "slow", "file": null}],
          "inputs": [{"name": "x", "axes": ["items", 24]}],
          "dimensions": [{"name": "items", "assumed": 1, "cliffs": [{"size": 31, "larger": null, "smaller": {"size": 30, "ratio": 1.2, "excess": 0.1, "uncertainty": 0.05}}]}]
        }
        """;
}
