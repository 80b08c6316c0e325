import type { Flow, FlowProblem } from '../../../shared/contracts/ivr/flow.ts';
import type { FlowNode } from '../../../shared/contracts/ivr/nodes.ts';
import { parseSkillExpression, skillsOf } from '../../../shared/skill-expression.ts';
import type { FlowHouse } from './house.ts';
import { type Place, problem } from './problem.ts';

/** Queues, hours, skills and flows that a flow names and the house has not. */
export function problemsOfNames(flow: Flow, house: FlowHouse): readonly FlowProblem[] {
  return [
    ...queue(flow.fallback.queueId, { nodeId: null, field: 'fallback/queueId' }, house),
    ...Object.entries(flow.nodes).flatMap(([nodeId, node]) => problemsOf(nodeId, node, flow, house)),
  ];
}

function problemsOf(nodeId: string, node: FlowNode, flow: Flow, house: FlowHouse): readonly FlowProblem[] {
  switch (node.kind) {
    case 'queue':
    case 'callback':
    case 'voicemail':
      return queue(node.queueId, { nodeId, field: 'queueId' }, house);
    case 'hours': {
      const { hoursId } = node;
      const place = { nodeId, field: 'hoursId' };
      return house.hoursIds.has(hoursId) ? [] : [problem('unknownHours', place, `There are no opening hours "${hoursId}".`, { hoursId })];
    }
    case 'callFlow': {
      const { flowId } = node;
      const isThere = flowId === flow.flowId || house.flows(flowId) !== undefined;
      return isThere ? [] : [problem('unknownFlow', { nodeId, field: 'flowId' }, `There is no live flow "${flowId}".`, { flowId })];
    }
    case 'set':
      return node.skills === null ? [] : skills(node.skills, { nodeId, field: 'skills' }, house);
    default:
      return [];
  }
}

function queue(queueId: string, place: Place, { queueIds }: FlowHouse): readonly FlowProblem[] {
  return queueIds.has(queueId) ? [] : [problem('unknownQueue', place, `There is no queue "${queueId}".`, { queueId })];
}

function skills(expression: string, place: Place, { skillIds }: FlowHouse): readonly FlowProblem[] {
  const parsed = parseSkillExpression(expression);
  if (!parsed.ok) {
    const { found, expected } = parsed.problem;
    return [problem('unknownSkill', place, `The skills cannot be read: ${found} where ${expected} was expected.`, { found, expected })];
  }
  return skillsOf(parsed.expression)
    .filter((skill) => !skillIds.has(skill))
    .map((skill) => problem('unknownSkill', place, `There is no skill "${skill}".`, { skill }));
}
