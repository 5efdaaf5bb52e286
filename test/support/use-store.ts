/** Run before each file of the suite `store`: points Google's SDKs to Firestore and Auth without functions. */

/** Tests of the product's environment must not meet the platform that other suites run on. */
const OF_THE_PLATFORM = ['CLOUD_TASKS_EMULATOR_HOST', 'FIREBASE_EMULATOR_HUB'];

const { SPLITLINE_STORE_FIRESTORE, SPLITLINE_STORE_AUTH } = process.env;
if (SPLITLINE_STORE_FIRESTORE) process.env.FIRESTORE_EMULATOR_HOST = SPLITLINE_STORE_FIRESTORE;
if (SPLITLINE_STORE_AUTH) process.env.FIREBASE_AUTH_EMULATOR_HOST = SPLITLINE_STORE_AUTH;
for (const name of OF_THE_PLATFORM) delete process.env[name];
