/**
 * How much of an adapter is added: 0 = nothing, 1 = as it was trained. Somewhat less than that costs a writer's own texts
 * next to nothing and spares what the model knew before: weights between the trained ones and those that training began
 * with are more robust than either (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models"). Measured in
 * docs/lab/fine-tuning.md.
 */
export const adapterStrength = { minimum: 0, maximum: 2, default: 0.8 } as const;
