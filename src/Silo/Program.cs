using LStep.Silo.Verbs;

return await CommandLine.Run(
    "L-Step keeps one lifecycle status per customer of an online course business.",
    [
        RunVerb.Build(), ClusterVerb.Build(), VerifyVerb.Build(), MigrateVerb.Build(), KeysVerb.Build(), RulesVerb.Build(),
        CampaignsVerb.Build(), DoctorVerb.Build(), InitCustomersVerb.Build(), ImportVerb.Build(), BackfillVerb.Build(),
        TrainModelVerb.Build(),
    ],
    args, Trouble.IsOutside);
