/**
 * The order in which equals are tried (RFC 2782): one after another is drawn, each as likely as its weight among those left. Weight 0 comes
 * behind all that have one, as long as chance does not say exactly 0. `random` gives numbers from 0 to below 1.
 */
function weightedOrder<One extends { readonly weight: number }>(equals: readonly One[], random: () => number): readonly One[] {
  const left = [...equals].sort((one, other) => one.weight - other.weight);
  const order: One[] = [];
  while (left.length > 0) {
    const sum = left.reduce((total, { weight }) => total + weight, 0);
    const drawn = random() * sum;
    let running = 0;
    const index = left.findIndex(({ weight }) => {
      running += weight;
      return running > drawn;
    });
    order.push(...left.splice(Math.max(0, index), 1));
  }
  return order;
}

/** The lowest priority first, equals by weight and chance. */
export function priorityOrder<One extends { readonly priority: number; readonly weight: number }>(
  all: readonly One[],
  random: () => number,
): readonly One[] {
  const priorities = [...new Set(all.map(({ priority }) => priority))].sort((one, other) => one - other);
  return priorities.flatMap((priority) =>
    weightedOrder(
      all.filter((one) => one.priority === priority),
      random,
    ),
  );
}
