import { Briefcase, Flag, type LucideIcon, Wrench } from 'lucide-react';
import type { CaseView } from '../../../shared/contracts/contact.ts';

export const caseIcons: Readonly<Record<CaseView['kind'], LucideIcon>> = { complaint: Flag, serviceRequest: Briefcase, repair: Wrench };
