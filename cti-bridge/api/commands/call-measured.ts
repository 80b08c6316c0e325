import { agentCommand } from '../command.ts';

/** The time from the click on Answer to the first sound, as the desktop measured it. Counted once the desk knows the call. */
export const callMeasured = agentCommand('call:measured', async (agentId, request, { desk, metrics }) => {
  const answer = await desk.callMeasured(agentId, request);
  if (answer.ok) metrics.observeClickToAudio(request.clickToAudioMs);
  return answer;
});
