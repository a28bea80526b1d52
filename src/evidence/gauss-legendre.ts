/**
 * The 16-point Gauss-Legendre rule on [-1, 1], and the integral from the left end to each node.
 *
 * A panel then yields the running integral at its own nodes, so that a double integral over
 * `x < y` costs one pass (NIST DLMF 3.5.20; nodes by Newton's method on the Legendre polynomial).
 */
export const nodeCount = 16

/** Ascending. */
export const nodes = new Float64Array(nodeCount)
export const weights = new Float64Array(nodeCount)
/** `running[i * nodeCount + j]`: the weight of the value at node j in the integral from −1 to node i. */
export const running = new Float64Array(nodeCount * nodeCount)

for (let i = 0; i < nodeCount; i++) {
  let x = Math.cos((Math.PI * (nodeCount - i - 0.25)) / (nodeCount + 0.5))
  for (let step = 0; step < 20; step++) {
    const p = legendre(x)
    const slope = slopeAt(x, p)
    const moved = (p[nodeCount] as number) / slope
    x -= moved
    if (Math.abs(moved) < 1e-16) break
  }
  nodes[i] = x
  weights[i] = 2 / ((1 - x * x) * slopeAt(x, legendre(x)) ** 2)
}

// The interpolant of f is the sum over k of (k + 1/2) P_k(x) Σ_j w_j P_k(x_j) f(x_j), and
// (2k + 1) ∫ P_k = P_{k+1} − P_{k−1}.
for (let i = 0; i < nodeCount; i++) {
  const to = legendre(nodes[i] as number)
  for (let j = 0; j < nodeCount; j++) {
    const at = legendre(nodes[j] as number)
    let sum = ((nodes[i] as number) + 1) / 2
    for (let k = 1; k < nodeCount; k++) sum += ((at[k] as number) * ((to[k + 1] as number) - (to[k - 1] as number))) / 2
    running[i * nodeCount + j] = (weights[j] as number) * sum
  }
}

/** P_0 to P_17 at x. */
function legendre(x: number): Float64Array {
  const p = new Float64Array(nodeCount + 2)
  p[0] = 1
  p[1] = x
  for (let k = 1; k <= nodeCount; k++)
    p[k + 1] = ((2 * k + 1) * x * (p[k] as number) - k * (p[k - 1] as number)) / (k + 1)
  return p
}

function slopeAt(x: number, p: Float64Array): number {
  return (nodeCount * ((p[nodeCount - 1] as number) - x * (p[nodeCount] as number))) / (1 - x * x)
}
