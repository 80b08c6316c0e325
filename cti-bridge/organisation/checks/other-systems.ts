import { type Check, checkReference } from '../draft.ts';
import { checkSecret } from './phones.ts';

/** Systems that exchange data with us: with a right to it, and a secret of their own where the bridge can find it. */
export const checkOtherSystems: Check = (draft, report) => {
  const places = new Map<string, string>();
  for (const { id, role, orgUnit, secret } of draft.apiClients) {
    const path = `apiClients/${id}`;
    checkReference(draft, report, `${path}/role`, 'roles', role);
    checkReference(draft, report, `${path}/orgUnit`, 'orgUnits', orgUnit);
    const rights = draft.roles.find((each) => each.id === role)?.rights;
    if (rights && !rights.includes('record:exchange'))
      report(`${path}/role`, role, 'a role with the right record:exchange; without it the system could do nothing');
    checkSecret(secret, `${path}/secret`, report);
    // Who it was could not be told apart.
    const place = JSON.stringify(secret);
    const other = places.get(place);
    if (other === undefined) places.set(place, id);
    else report(`${path}/secret`, `the secret of ${other}`, 'a secret of its own');
  }
};
