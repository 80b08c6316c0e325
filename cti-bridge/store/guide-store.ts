import type { GuideRepository } from '../crm/index.ts';
import type { StoreAccess } from './access.ts';

/** The port of guides, made of operations of the worker threads. */
export function createGuideStore({ read, browse, write }: Pick<StoreAccess, 'read' | 'browse' | 'write'>): GuideRepository {
  return {
    readAll: () => read('readGuides'),
    read: (guideId) => browse('readGuide', guideId),
    readVersion: (guideId, version) => browse('readGuideVersion', guideId, version),
    versions: (guideId) => browse('readGuideVersions', guideId),
    saveDraft: (saving) => write('saveGuideDraft', saving),
    discardDraft: (discarding) => write('discardGuideDraft', discarding),
    publish: (publishing) => write('publishGuide', publishing),
    withdraw: (withdrawing) => write('withdrawGuide', withdrawing),
    runsOf: (interactionId) => browse('readGuideRuns', interactionId),
    saveRun: (saving) => write('saveGuideRun', saving),
    finishRun: (finish) => write('finishGuideRun', finish),
  };
}
