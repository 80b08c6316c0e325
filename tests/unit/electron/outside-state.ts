import type { OutsideState, OutsideWords } from '../../../shared/contracts/outside.ts';

/** Free, unless told otherwise. */
export function outsideState(change: Partial<OutsideState>): OutsideState {
  return {
    ...{ language: 'en', theme: 'light', tone: 'ready', name: 'Available' },
    detail: { before: 'for ', clock: { at: 0, runs: 'up' }, after: '' },
    isRecording: false,
    title: 'Nothing rings',
    line: { before: '', clock: null, after: '' },
    ...{ lineTone: 'plain', clock: null, offer: null, controls: [], hasCall: false, isMuted: false, flashes: false },
    choices: [
      { wish: { kind: 'action', action: 'agent.available' }, label: 'Available', isChosen: true, isEnabled: false },
      { wish: { kind: 'notReady', reason: 'break' }, label: 'Break', isChosen: false, isEnabled: true },
    ],
    labels: { strip: 'Call strip', states: 'Your state', move: 'Drag to move' },
    ...change,
  };
}

export const outsideWords: OutsideWords = {
  show: 'Open Crosspoint',
  quit: 'Quit',
  mute: 'Mute',
  quitInCall: 'You are on a call. Quit all the same?',
  quitAnyway: 'Quit and end the call',
  stay: 'Stay',
};
