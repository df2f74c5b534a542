DROP TABLE gone_devices;
