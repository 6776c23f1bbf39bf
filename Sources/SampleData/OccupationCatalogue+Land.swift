extension OccupationCatalogue {
    /// Farming, and the laboratories that test what it and industry make.
    static let land: [CatalogueOccupation] = [
        CatalogueOccupation(
            "5-05-01-01", "农业技术员", .farming,
            majors: ["410103 现代农业技术", "410104 生态农业技术", "410101 种子生产与经营"]),
        CatalogueOccupation(
            "5-05-01-02", "农业经理人", .farming,
            majors: ["410119 现代农业经济管理", "410120 农村新型经济组织管理", "410117 休闲农业经营与管理"]),
        CatalogueOccupation(
            "5-05-02-01", "农作物植保员", .farming,
            majors: ["410106 植物保护与检疫技术", "410105 园艺技术", "410112 设施农业与装备"]),
        CatalogueOccupation(
            "5-05-02-03", "动物疫病防治员", .farming,
            majors: ["410301 动物医学", "410302 动物药学", "410303 畜牧兽医"]),
        CatalogueOccupation(
            "5-03-01-02", "家畜饲养员", .farming,
            majors: ["410307 动物营养与饲料", "410308 特种动物养殖技术", "410305 宠物养护与驯导"]),
        CatalogueOccupation(
            "6-31-03-01", "化学检验员", .laboratory,
            majors: ["470208 分析检验技术", "470201 应用化工技术", "420801 环境监测技术"]),
        CatalogueOccupation(
            "4-08-05-01", "农产品食品检验员", .laboratory,
            majors: ["490201 食品质量与安全", "490102 食品检验检测技术", "410115 绿色食品生产技术"]),
        CatalogueOccupation(
            "6-12-03-02", "药物制剂工", .laboratory,
            majors: ["490211 药品生产技术", "520301 药学", "520410 中药学"]),
    ]
}
