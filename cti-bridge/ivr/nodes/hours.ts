import { ignore, leaveBy, type NodeKind } from './node-kind.ts';

/**
 * Goes by opening hours. A holiday on which somebody is there all the same is open; one on which nobody is goes by `holiday` where that way
 * is given.
 *
 *   enter  leaves by `open`, `closed` or `holiday`; where there are no such hours, by `error`
 */
export const hours: NodeKind<'hours'> = {
  needs: 'nobody',
  enter({ hoursId, exits }, { house }) {
    const isOpen = house.fact(`hours.${hoursId}.open`);
    if (isOpen === undefined) return leaveBy('error');
    if (isOpen === 'yes') return leaveBy('open');
    const isHoliday = house.fact(`hours.${hoursId}.holiday`) === 'yes';
    return leaveBy(isHoliday && Object.hasOwn(exits, 'holiday') ? 'holiday' : 'closed');
  },
  onInput: () => ignore,
};
