/** Where a model runs; names as the command line and the setting spell them. */
export type Device = 'cpu' | 'webgpu' | 'cuda' | 'dml' | 'coreml';
export type DeviceSetting = 'auto' | Device;

export interface DeviceReport {
  readonly devices: readonly { readonly name: Device; readonly available: boolean; readonly reason: string }[];
  readonly chosen: Device;
}
