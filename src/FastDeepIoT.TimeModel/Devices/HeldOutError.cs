namespace FastDeepIoT.TimeModel;

/// <summary>How far predictions were from measurements that the learner did not see.</summary>
/// <param name="Of">A layer kind, or <c>networks</c>.</param>
/// <param name="Count">How many were held out.</param>
/// <param name="Mape">Mean absolute relative error.</param>
/// <param name="Rmspe">Root mean squared relative error.</param>
/// <param name="Within5">Share within 5%.</param>
/// <param name="Within10">Share within 10%.</param>
public sealed record HeldOutError(string Of, int Count, double Mape, double Rmspe, double Within5, double Within10);
