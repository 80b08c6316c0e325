import { expect, test } from 'vitest';
import type { NodeOf } from '../../../../cti-bridge/ivr/index.ts';
import { Caller } from '../flows.ts';
import { describeNode, nodeFlow } from './node-table.ts';

const survey: NodeOf['survey'] = {
  kind: 'survey',
  prompts: ['survey-ask'],
  onWrongKey: 'wrong',
  attribute: 'satisfaction',
  highest: 5,
  waitMs: 5_000,
  attempts: 2,
  exits: {},
};

describeNode([
  {
    when: 'survey, asking',
    node: survey,
    entering: 'play survey-ask zh',
    cells: {
      played: 'wait 5000',
      missing: 'wait 5000',
      'key 1': 'do surveyAnswer, stopPlaying, leave node by answered',
      'key 7': 'play wrong+survey-ask zh',
      'key #': 'play wrong+survey-ask zh',
      'hangs up': 'stopPlaying, leave node by hangUp',
    },
  },
  {
    when: 'survey, waiting for the last time',
    node: survey,
    entering: 'play survey-ask zh',
    before: (caller) => caller.played().isSilent().played(),
    cells: {
      'key 1': 'do surveyAnswer, stopWaiting, leave node by answered',
      'key 7': 'stopWaiting, leave node by nothing',
      'key #': 'stopWaiting, leave node by nothing',
      silence: 'leave node by nothing',
      'hangs up': 'stopWaiting, leave node by hangUp',
    },
  },
]);

test('the answer is kept with the interaction, and nobody waits until it is', () => {
  const caller = new Caller(nodeFlow(survey)).start().presses('4');
  expect(caller.deed()).toEqual({ kind: 'surveyAnswer', attribute: 'satisfaction', value: 4, highest: 5 });
  expect(caller.did()).not.toContain('stopDoing');
  expect(caller.state).toMatchObject({ deed: null, facts: { 'entered.satisfaction': '4' } });
});
