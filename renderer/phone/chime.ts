/** Two rising notes, half a second in all: somebody should look at the board. Nothing is kept between two of them. */
export function playChime(): void {
  let context: AudioContext;
  try {
    context = new AudioContext();
  } catch {
    // A computer without any sound: the alert is on the screen.
    return;
  }
  const start = context.currentTime + 0.02;
  for (const [index, frequency] of [659, 880].entries()) {
    const at = start + index * 0.18;
    const volume = context.createGain();
    volume.connect(context.destination);
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.14, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.3);
    const tone = context.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(volume);
    tone.start(at);
    tone.stop(at + 0.32);
    if (index === 1) tone.onended = () => void context.close();
  }
}
