/** √(Σ g²) over all parameters. */
export function globalNorm(gradients: readonly Float32Array[]): number {
  let sum = 0;
  for (const gradient of gradients) for (let i = 0; i < gradient.length; i++) sum += gradient[i]! * gradient[i]!;
  return Math.sqrt(sum);
}

/** Scales the gradients down so that their global norm is at most `maxNorm` (Pascanu et al. 2013); 0 = no bound. */
export function clipToNorm(gradients: readonly Float32Array[], norm: number, maxNorm: number): void {
  const factor = maxNorm / (norm + 1e-6); // as torch.nn.utils.clip_grad_norm_
  if (maxNorm === 0 || factor >= 1) return;
  for (const gradient of gradients) for (let i = 0; i < gradient.length; i++) gradient[i]! *= factor;
}
