// @ts-check
// A photo from the camera: the phone's own camera where there is one to hold, else a picture of what the computer's
// sees.

import { text } from "./page.js";

const JPEG_QUALITY = 0.95;
/** More than is sent for any picture, and what most cameras can do. */
const IDEAL_WIDTH = 2560;

/** @returns {Promise<File | null>} null when none was taken */
export function takePhoto() {
  return matchMedia("(pointer: coarse)").matches ? askDevice() : new Promise((resolve) => new Preview(resolve).open());
}

/** @returns {Promise<File | null>} */
function askDevice() {
  const input = Object.assign(document.createElement("input"), { type: "file", accept: "image/*" });
  input.setAttribute("capture", "environment");
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve(input.files?.[0] ?? null));
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}

class Preview {
  #settle;
  #dialog = /** @type {HTMLDialogElement} */ (document.getElementById("camera"));
  /** @type {MediaStream | null} */
  #stream = null;
  #facing = "user";
  /** Which start is the latest: a camera that comes after it is turned off again. */
  #turn = 0;

  /** @param {(file: File | null) => void} settle */
  constructor(settle) {
    this.#settle = settle;
  }

  open() {
    this.#dialog.onclose = () => this.#close(null);
    this.#part("shutter").onclick = () => this.#shoot();
    this.#part("switch").onclick = () => this.#switch();
    this.#dialog.showModal();
    this.#start();
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#dialog.querySelector(`[data-part="${name}"]`));
  }

  get #video() {
    return /** @type {HTMLVideoElement} */ (this.#part("video"));
  }

  async #start() {
    const turn = ++this.#turn;
    this.#stop();
    this.#say(text("camera_starting"));
    try {
      const video = { facingMode: this.#facing, width: { ideal: IDEAL_WIDTH } };
      const stream = await navigator.mediaDevices.getUserMedia({ video });
      if (turn !== this.#turn) {
        turnOff(stream);
        return;
      }
      this.#stream = stream;
      this.#video.srcObject = stream;
      await this.#video.play();
      this.#say("");
      await this.#offerSwitch();
    } catch (error) {
      if (turn === this.#turn) this.#say(text(messageFor(error)));
    }
  }

  /** @param {string} message "" when the camera runs */
  #say(message) {
    this.#part("message").textContent = message;
    this.#part("message").hidden = !message;
    /** @type {HTMLButtonElement} */ (this.#part("shutter")).disabled = Boolean(message);
  }

  async #offerSwitch() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    this.#part("switch").hidden = devices.filter(({ kind }) => kind === "videoinput").length < 2;
  }

  #switch() {
    this.#facing = this.#facing === "user" ? "environment" : "user";
    this.#start();
  }

  #shoot() {
    const { videoWidth: width, videoHeight: height } = this.#video;
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    canvas.getContext("2d")?.drawImage(this.#video, 0, 0);
    canvas.toBlob((blob) => {
      this.#close(blob && new File([blob], text("name_camera"), { type: blob.type }));
    }, "image/jpeg", JPEG_QUALITY);
  }

  #stop() {
    if (this.#stream) turnOff(this.#stream);
    this.#stream = null;
    this.#video.srcObject = null;
  }

  /** @param {File | null} file */
  #close(file) {
    this.#turn += 1;
    this.#dialog.onclose = null;
    this.#stop();
    this.#dialog.close();
    this.#settle(file);
  }
}

/** @param {MediaStream} stream */
function turnOff(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/** @param {unknown} error */
function messageFor(error) {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError") return "camera_refused";
  return name === "NotReadableError" ? "camera_busy" : "camera_absent";
}
