/** What happens on the floor: queues and people, as the bridge tells them every second. */
export { Board } from './Board.tsx';
