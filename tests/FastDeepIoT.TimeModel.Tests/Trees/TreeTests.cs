namespace FastDeepIoT.TimeModel.Tests;

public sealed class TreeTests
{
    private static readonly Tree<string> Tree = new(
        new Condition("width", 0, IsMultiple: true, 8),
        new Tree<string>("multiple"),
        new Tree<string>(new Condition("width", 0, IsMultiple: false, 20), new Tree<string>("small"), new Tree<string>("large")));

    [Theory]
    [InlineData(8, "multiple")]
    [InlineData(64, "multiple")]
    [InlineData(0, "multiple")]
    [InlineData(20, "small")]
    [InlineData(20.5, "large")]
    [InlineData(63, "large")]
    public void Features_lead_to_one_leaf(double width, string leaf) => Assert.Equal(leaf, Tree.Find([width]));

    [Fact]
    public void Leaves_come_with_the_way_that_leads_to_them()
    {
        var leaves = Tree.Leaves().Select(leaf => string.Join(" ", leaf.Path.Select(step => $"[{step.Condition}]={step.Holds}")) + " " + leaf.Leaf);

        Assert.Equal(
            ["[width mod 8 == 0]=True multiple", "[width mod 8 == 0]=False [width <= 20]=True small", "[width mod 8 == 0]=False [width <= 20]=False large"],
            leaves);
    }

    [Fact]
    public void A_single_leaf_answers_everything() => Assert.Equal(7, new Tree<int>(7).Find([]));

    [Fact]
    public void An_inner_node_has_no_answer() => Assert.Throws<InvalidOperationException>(() => Tree.Leaf);
}
