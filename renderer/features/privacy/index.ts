/** Dossier, erasure and legal hold of one person; lapsed records; exports. Each is for those whose role allows it, and shows nothing else. */
export type { PrivacyDeeds } from './deeds.ts';
export { PrivacyDialogs } from './PrivacyDialogs.tsx';
export { type PrivacyActions, PrivacyMenu } from './PrivacyMenu.tsx';
export { Retained } from './Retained.tsx';
