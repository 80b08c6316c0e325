import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { CustomerScope } from '../../crm/index.ts';
import { OrgTree } from '../org-tree.ts';
import type { Asker } from '../ports.ts';

const everything: CustomerScope = { units: null };

/** Made anew whenever the organisation is: whose customers somebody may see follows from their place in it. */
export function createScopes(configuration: () => Configuration): (asker: Asker) => CustomerScope {
  let known: { readonly of: Configuration; readonly tree: OrgTree } | undefined;
  return (asker) => {
    const of = configuration();
    if (known?.of !== of) known = { of, tree: new OrgTree(of) };
    const units = known.tree.unitsOf(asker);
    return units === null ? everything : { units };
  };
}
