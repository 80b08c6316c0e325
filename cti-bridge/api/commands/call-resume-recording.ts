import { agentCommand } from '../command.ts';

export const callResumeRecording = agentCommand('call:resume-recording', (agentId, request, { desk }) =>
  desk.resumeRecording(agentId, request),
);
