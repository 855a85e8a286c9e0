namespace FastDeepIoT.Benchmarks;

/// <summary>Classes to compile, in the manner of business code and of TorchSharp programs.</summary>
internal static class GeneratedCode
{
    /// <summary>A network of so many layers, odd widths among them, built in fields, in a sequence and in a constructor.</summary>
    internal static string Network(int index, int layers)
    {
        var width = 40 + (index % 60);
        var convolutions = string.Join(",\n        ", Enumerable.Range(0, layers - 4).Select(i => $"Conv2d({width}, {width}, 3, padding: 1), ReLU()"));
        return $$"""
            public sealed class Network{{index}} : Module<Tensor, Tensor>
            {
                private const int Width = {{width}};
                private readonly Module<Tensor, Tensor> _stem = Conv2d(3, Width, 3, stride: 2);
                private readonly Module<Tensor, Tensor> _norm = BatchNorm2d(Width);
                private readonly Module<Tensor, Tensor> _body = Sequential(
                    {{convolutions}},
                    AdaptiveAvgPool2d(1), Flatten());
                private readonly Module<Tensor, Tensor> _hidden;
                private readonly Module<Tensor, Tensor> _head;
                private readonly Module<Tensor, Tensor> _side = Linear(Width, 10);

                public Network{{index}}() : base("network")
                {
                    _hidden = Linear(Width, 2 * Width + 1);
                    _head = Linear(2 * Width + 1, 10);
                    RegisterComponents();
                }

                public override Tensor forward(Tensor input)
                {
                    using var scope = NewDisposeScope();
                    var x = functional.relu(_norm.forward(_stem.forward(input)));
                    x = _body.forward(x);
                    var side = _side.forward(x);
                    x = functional.relu(_hidden.forward(x));
                    return (_head.forward(x) + side).MoveToOuterDisposeScope();
                }
            }

            """.ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>A class that has nothing to do with networks.</summary>
    internal static string Ordinary(int file, int index) => $$"""
        public sealed record Order{{index}}(int Id, string Customer, decimal Amount, DateTime Placed, IReadOnlyList<string> Lines);

        public sealed class OrderService{{index}}
        {
            private readonly Dictionary<int, Order{{index}}> _orders = new();
            private readonly List<string> _log = new();
            private int _next = {{file + index}};

            public event EventHandler<Order{{index}}>? Added;

            public int Count => _orders.Count;

            public Order{{index}} Add(string customer, decimal amount, params string[] lines)
            {
                if (string.IsNullOrWhiteSpace(customer)) throw new ArgumentException("A customer is needed.", nameof(customer));
                var order = new Order{{index}}(_next++, customer.Trim(), Math.Round(amount, 2), DateTime.UtcNow, lines.ToList());
                _orders.Add(order.Id, order);
                _log.Add($"{order.Id}: {order.Customer} ordered {order.Lines.Count} lines for {order.Amount:0.00}");
                Added?.Invoke(this, order);
                return order;
            }

            public IReadOnlyList<Order{{index}}> Find(string text, decimal least = 0)
            {
                var found = from order in _orders.Values
                            where order.Customer.Contains(text, StringComparison.OrdinalIgnoreCase) && order.Amount >= least
                            orderby order.Placed descending, order.Id
                            select order;
                return found.Take(100).ToList();
            }

            public Dictionary<string, decimal> Totals() => _orders.Values
                .GroupBy(order => order.Customer)
                .ToDictionary(group => group.Key, TotalOf);

            private static decimal TotalOf(IEnumerable<Order{{index}}> orders)
            {
                var total = 0m;
                foreach (var order in orders) total += order.Amount;
                return total;
            }

            public string Describe(int id)
            {
                if (!_orders.TryGetValue(id, out var order)) return "unknown";
                var size = order.Amount switch
                {
                    < 10 => "small",
                    < 100 => "usual",
                    < 1000 => "large",
                    _ => "huge",
                };
                var words = new List<string> { size, order.Customer.ToUpperInvariant() };
                for (var i = 0; i < order.Lines.Count; i++)
                {
                    var line = order.Lines[i];
                    if (line.Length == 0) continue;
                    words.Add(i % 2 == 0 ? line.PadLeft(8) : string.Concat(line.Reverse()));
                }

                return string.Join(" ", words);
            }

            public int Checksum(IEnumerable<int> numbers)
            {
                var sum = {{index}};
                foreach (var number in numbers)
                {
                    unchecked
                    {
                        sum = (sum * 31) + (number ^ (sum >> 3));
                    }
                }

                return Math.Abs(sum % 1000003);
            }
        }

        """.ReplaceLineEndings("\n") + "\n";
}
