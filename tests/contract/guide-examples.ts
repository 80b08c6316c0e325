import type { CommandAnswer, CommandRequest, UploadAnswer, UploadRequest } from '../../shared/contracts/bridge-events.ts';
import { type GuideCommandName, type GuideUploadName, guideCommands, guideUploads } from '../../shared/contracts/guides.ts';
import { exampleOf } from './example-of.ts';

const examplesOf = (shapes: typeof guideCommands | typeof guideUploads) =>
  Object.fromEntries(
    Object.entries(shapes).map(([name, { request, answer }]) => [name, { request: exampleOf(request), answer: exampleOf(answer) }]),
  ) as unknown;

export const guideExamples = examplesOf(guideCommands) as {
  readonly [Name in GuideCommandName]: { readonly request: CommandRequest<Name>; readonly answer: CommandAnswer<Name> };
};
export const guideUploadExamples = examplesOf(guideUploads) as {
  readonly [Name in GuideUploadName]: { readonly request: UploadRequest<Name>; readonly answer: UploadAnswer<Name> };
};
