import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { CustomerScope } from '../../crm/index.ts';
import { currentTree } from '../org-tree.ts';
import type { Asker } from '../ports.ts';

const everything: CustomerScope = { units: null };

/** Made anew whenever the organisation is: whose customers somebody may see follows from their place in it. */
export function createScopes(configuration: () => Configuration): (asker: Asker) => CustomerScope {
  const tree = currentTree(configuration);
  return (asker) => {
    const units = tree().unitsOf(asker);
    return units === null ? everything : { units };
  };
}
