DROP TABLE orleans_storage, orleans_reminders, orleans_silos, orleans_membership_versions, orleansquery;
