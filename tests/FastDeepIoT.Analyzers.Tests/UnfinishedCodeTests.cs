using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

public sealed class UnfinishedCodeTests
{
    [Theory]
    [InlineData("Conv2d(")]
    [InlineData("Conv2d(64, 63")]
    [InlineData("Conv2d(64, 63, );")]
    [InlineData("Conv2d(64, , 3);")]
    [InlineData("Linear();")]
    [InlineData("Linear(64, nothing);")]
    [InlineData("Linear(64, \"63\");")]
    [InlineData("Sequential(Conv2d(64, 63, ), , Conv2d(64, 64, 3));")]
    [InlineData("var a = Sequential(a, Linear(64, 64)); a.forward(a.forward(")]
    [InlineData("var a = Sequential(b); var b = Sequential(a); a.forward(b.forward(x));")]
    [InlineData("const int a = b + b, b = a + a; Linear(a, b);")]
    [InlineData("var a = b + b, b = a + a; Linear(a, b);")]
    [InlineData("Linear(long.MaxValue, long.MaxValue);")]
    [InlineData("Conv2d(1000000007, 1000000009, long.MaxValue, dilation: long.MaxValue);")]
    [InlineData("LSTM(64, 64, numLayers: 2000000000);")]
    [InlineData("Sequential(Conv2d(3, 4000000000000, 3), Flatten(), Linear(9000000000000000001, 64));")]
    [InlineData("using static TorchSharp")]
    public Task Says_nothing_and_does_not_fail(string statement) => Check.Statements(statement).Unfinished().Run();
}
