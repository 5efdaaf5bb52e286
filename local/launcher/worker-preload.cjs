// Loaded into the emulator's function workers. They load our code with require(), and import() it only when told
// ERR_REQUIRE_ESM; Node 22 says ERR_REQUIRE_ASYNC_MODULE instead for an ES module with top-level await.
const { Module } = require('node:module');

const load = Module.prototype.require;
Module.prototype.require = function requireOrSayEsm(id) {
  try {
    return load.call(this, id);
  } catch (error) {
    if (error?.code === 'ERR_REQUIRE_ASYNC_MODULE') error.code = 'ERR_REQUIRE_ESM';
    throw error;
  }
};
