/**
 * What callers are told: every prompt in both languages, as text and as sound. Two things to know: a sound comes from a file, the microphone
 * or a program that speaks, always by the same three buttons (`SoundCard`); and the drawing board of call flows has its prompts chosen and
 * made by `PromptField`, which is handed to it by the app.
 */
export type { PromptDeeds } from './deeds.ts';
export { PromptField, type PromptFieldProps } from './PromptField.tsx';
export { Prompts, type PromptsProps } from './Prompts.tsx';
