// Packs what dist/ holds and uses the tarball in an empty folder, with the Node that runs this script.
import { smokePackage } from './pack.mjs';

process.exitCode = 1;
process.exitCode = await smokePackage();
