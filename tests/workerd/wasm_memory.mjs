// The memory of the WASM instance, which its own module keeps to itself. To be imported before it.
const { Instance } = WebAssembly;

/** @type {WebAssembly.Memory} */
let memory;

WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports);
    memory = this.exports.memory;
  }
};

/** Its size in bytes. It never shrinks. */
export function wasmBytes() {
  return memory.buffer.byteLength;
}
