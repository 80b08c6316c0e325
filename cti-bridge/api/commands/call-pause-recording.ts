import { agentCommand } from '../command.ts';

export const callPauseRecording = agentCommand('call:pause-recording', (agentId, request, { desk }) =>
  desk.pauseRecording(agentId, request),
);
