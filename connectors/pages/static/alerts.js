// A short sound when a case or a message comes, unless it was turned off; what waits is told in the title.
import { isOn, remember } from "./choices.js";

const BOX = "sound";
const SECONDS = 0.25;
let player = null;

export function prepare() {
  remember(BOX);
  // Browsers let a page be heard only once someone has done something in it.
  document.addEventListener("pointerdown", wake, { once: true });
  document.addEventListener("keydown", wake, { once: true });
}

export function ring() {
  if (!isOn(BOX) || player?.state !== "running") return;
  const tone = player.createOscillator();
  const volume = player.createGain();
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.12, player.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, player.currentTime + SECONDS);
  tone.connect(volume).connect(player.destination);
  tone.start();
  tone.stop(player.currentTime + SECONDS);
}

export function title(count) {
  document.title = `${count ? `(${count}) ` : ""}${document.title.replace(/^\(\d+\) /, "")}`;
}

function wake() {
  player ??= new AudioContext();
  player.resume();
}
